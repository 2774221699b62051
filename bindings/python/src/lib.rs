//! handfast for Python.
