"""Charts: bars, stacked bars and lines in one frame. Their plots are drawn by pyqtgraph."""
