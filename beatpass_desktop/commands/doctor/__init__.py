"""`beatpass-desktop doctor`: looks for what is wrong."""
