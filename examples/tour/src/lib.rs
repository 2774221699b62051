//! The scenario player and the tour.
