"""Fictional exports, and the one seeded generator that writes them."""
