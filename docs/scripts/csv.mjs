// Rows of text -> a CSV file that spreadsheets open as text. No DOM.

/**
 * Cells are quoted and apart by semicolons, as Dutch spreadsheets expect. One that starts like a formula gets an
 * apostrophe in front, so that it is shown and not run.
 * @param {string[][]} rows
 */
export const csv = rows => `\uFEFF${rows.map(row => row.map(field).join(";")).join("\r\n")}\r\n`

function field(text) {
  const safe = /^[\s]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
