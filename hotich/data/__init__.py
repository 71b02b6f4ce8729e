"""What lies in an office's data folder, read strictly as text: one month's dataset with every month before it."""
