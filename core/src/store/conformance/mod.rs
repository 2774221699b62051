//! What every store promises, as a test suite.
