"""`ctidesk watch`: a line without a window, driven and told in lines of text. Knows nothing of Qt."""
