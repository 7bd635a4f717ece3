#!/usr/bin/python3
"""The attendance year of simulate_benchmark.cpp in numpy (Debian: python3-numpy), to compare with.

One class of people, 260 working days of two entries: minutes past the tolerance by month, missing
records and happenings. Prints staff-years a second, the best of a few batches of each size.
"""
import time

import numpy as np

BANDS = [(-15, 0, 8400), (1, 5, 1100), (6, 15, 420), (16, 30, 70), (31, 90, 10)]
NOTICES_FROM, OMISSION, HAPPENING = 6, 0.01, 0.012


def working_days():
    days = np.arange("2025-01-01", "2026-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days)]
    return days.astype("datetime64[M]").astype(int) % 12


def arrival_table():
    """Minutes by each of the 2**16 highest bits of a draw."""
    weights = np.concatenate([np.full(b - a + 1, w / (b - a + 1)) for a, b, w in BANDS])
    values = np.concatenate([np.arange(a, b + 1) for a, b, _ in BANDS])
    edges = np.cumsum(weights) / weights.sum() * 65536
    return values[np.searchsorted(edges, np.arange(65536), side="right")].astype(np.int16)


def batch(generator, table, first_of_month, days, people):
    draws = generator.integers(0, 65536, size=(people, days, 4), dtype=np.uint16)
    offsets = table[draws[:, :, :2]]
    late = np.where(offsets >= NOTICES_FROM, offsets - (NOTICES_FROM - 1), 0).sum(axis=2)
    minutes = np.add.reduceat(late, first_of_month, axis=1)
    omissions = (draws[:, :, 2] < OMISSION * 65536).sum()
    happenings = (draws[:, :, 3] < HAPPENING * 65536).sum()
    return minutes.sum(axis=0), omissions, happenings


def main():
    month = working_days()
    first_of_month = np.searchsorted(month, np.arange(12))
    table = arrival_table()
    generator = np.random.Generator(np.random.Philox(20250217))
    best = 0.0
    for people in (220, 2200, 22000):
        for _ in range(5):
            start = time.process_time()
            batch(generator, table, first_of_month, len(month), people)
            best = max(best, people / (time.process_time() - start))
    print(f"numpy {np.__version__}: {best:,.0f} staff-years/s")


if __name__ == "__main__":
    main()
