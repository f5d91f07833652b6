//! The course: lessons, their checks, and a player.
