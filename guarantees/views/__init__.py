from guarantees.views import bank_desk, fund, steps

__all__ = ("bank_desk", "fund", "steps")
