"""The satisfaction survey (YD-10 to YD-16): drawing, codes, results, and what stands beside them."""
