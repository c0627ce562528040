"""Numbers that Python and Java make alike, so that fixtures hold answers only: the MINSTD generator, in steps of 0.001."""
import numpy as np


def minstd(seed, count, levels=20001):
    """float32 numbers around 0; few levels make duplicates and ties."""
    x, out = seed, []
    for _ in range(count):
        x = x * 48271 % 2147483647
        out.append(x % levels - levels // 2)
    return np.array(out, np.float32) / np.float32(1000)
