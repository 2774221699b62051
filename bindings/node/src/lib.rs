//! handfast for Node.
