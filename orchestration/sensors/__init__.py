"""What runs because something happened."""
