"""The rows of the data files by subject, typed; what can be computed from a row is a method of it."""
