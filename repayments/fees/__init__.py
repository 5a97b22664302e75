"""Rewards and fees (奖补与费用): what finance pays beside the subsidy, by year and bank, opened down to the loans behind each figure."""
