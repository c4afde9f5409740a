"""The platform's money, day by day: sales, subscription splits, payouts, refunds."""

from __future__ import annotations

from beatpass_sandbox.simulation.money.days import pass_days, simulate_money

__all__ = ["pass_days", "simulate_money"]
