"""The real exports that lie beside the project, loaded through the real engine."""
