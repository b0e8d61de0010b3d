"""`ctidesk demo --shots`: a demo PBX, stories told with it, and pictures of every screen and state (command-line.md).

The people at the other ends do what the director's lines say, the operator's part is played by the model's commands;
each picture waits for what it shows. The clock stands still but for what a story lets pass, so the same story gives
the same pictures.
"""
