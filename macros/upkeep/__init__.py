"""Upkeep: what the registers say of the sources, and what is new; asked by a person, and no part of a build."""
