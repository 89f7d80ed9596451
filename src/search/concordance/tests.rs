//! Concordances of invented sentences.
