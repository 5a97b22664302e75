"""Subsidy claims (贴息资金申请): what is due per bank and quarter, what the bank claims, and what finance approves and pays."""
