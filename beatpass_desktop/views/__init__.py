"""What is on screen: the window, its pages, and the building blocks they are made of."""
