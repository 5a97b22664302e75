"""What administrators keep of this room, and what they look at."""

from loans.admin import cases, rules

__all__ = ["cases", "rules"]
