"""Looking into files of unknown origin: what they are, and the map that would load them.

`inspect_file` gives the JSON of `swotlight inspect`; the map it proposes is the same YAML as an adapter.
"""

from ingestion.inspection.report import Inspection, inspect_file, inspect_files, propose_map

__all__ = ["Inspection", "inspect_file", "inspect_files", "propose_map"]
