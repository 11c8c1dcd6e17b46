"""For statements that join all duties with all that they are joined with: a province's fit in memory, not on a disk."""

ROOMY = "SET LOCAL work_mem = '128MB';"  # until the transaction ends
