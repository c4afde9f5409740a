"""Facts, wishes and values of the product. Imports nothing of ours, knows neither Qt nor SQL."""
