// Anchors the precompiled header that compiler libraries share.
