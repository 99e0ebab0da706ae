"""Who is mentioned where, in what role, what they said, and the numbers."""
