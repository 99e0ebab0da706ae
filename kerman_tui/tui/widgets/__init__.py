"""Widgets of the explorer: line views that draw only what changed, the field, and the bars around them."""
