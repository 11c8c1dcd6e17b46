"""What the system can't count and somebody reports: the catalogue of measures, how a value is read, printed, summed."""
