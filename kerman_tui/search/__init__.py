"""From a query to hits with reasons and highlights."""
