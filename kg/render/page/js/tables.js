// How tables travel: as columns (kg/render/tables.py).

/** Records from columns: what all share, what most have (null is no value), what few have. */
function unpacked({ count, same, columns, few }) {
  const records = Array.from({ length: count }, () => ({ ...same }));
  for (const [name, values] of Object.entries(columns)) {
    for (let at = 0; at < count; at++) if (values[at] !== null) records[at][name] = values[at];
  }
  for (const [name, values] of Object.entries(few)) {
    for (const [at, value] of Object.entries(values)) records[at][name] = value;
  }
  return records;
}
