// Tables as files.
import { words } from "./words.js";

function cell_text(cell) {
  return cell === null ? "" : String(words(cell));
}

function quoted(text) {
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

/// RFC 4180 with all digits; the first row names the columns.
export function csv(table) {
  const lines = [table.columns.map((column) => quoted(column.id))];
  for (const row of table.rows) lines.push(row.map((cell) => quoted(cell_text(cell))));
  return lines.map((line) => line.join(",") + "\r\n").join("");
}

export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/// With a byte order mark, by which spreadsheets know UTF-8.
export function save_table(table) {
  save(table.id + ".csv", "text/csv;charset=utf-8", "\ufeff" + csv(table));
}
