// Draws the screen of a terminal as an SVG, with text that can be searched and copied.
const COLUMN_PX = 8.4;
const LINE_PX = 20;
const MARGIN_PX = 16;
const FONT =
  "ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Noto Sans Mono CJK SC', monospace";
const PLAIN = '#d7dae0';
/** The sixteen colours of a terminal, on a dark background. */
const COLORS = [
  ...['#3f4451', '#e06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d7dae0'],
  ...['#7f848e', '#ff7b86', '#a5e075', '#f0d089', '#7cc4ff', '#de8eff', '#6fd3de', '#ffffff'],
];

/**
 * @param buffer - `terminal.buffer.active` of @xterm/headless, written to the end.
 * @param title - The accessible name of the picture.
 */
export function drawTerminal(buffer, { columns, title }) {
  const lines = linesOf(buffer);
  const width = Math.ceil(columns * COLUMN_PX + 2 * MARGIN_PX);
  const height = lines.length * LINE_PX + 2 * MARGIN_PX;
  const texts = lines.flatMap((line, row) =>
    runsOf(line).map((run) => drawRun(run, MARGIN_PX + row * LINE_PX + 0.7 * LINE_PX)),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escapeXml(title)}</title>
<rect width="100%" height="100%" rx="8" fill="#1e2127"/>
<g font-family="${FONT}" font-size="14" fill="${PLAIN}">
${texts.join('\n')}
</g>
</svg>
`;
}

/** The lines of the buffer, without trailing empty lines. */
function linesOf(buffer) {
  const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row));
  const last = lines.findLastIndex((line) => line.translateToString(true) !== '');
  return lines.slice(0, last + 1);
}

/** Adjacent cells of the same style; wide characters are separate, because their font may have another pitch. */
function runsOf(line) {
  const runs = [];
  for (let column = 0; column < line.length; column++) {
    const cell = line.getCell(column);
    const width = cell.getWidth();
    if (width === 0) continue;
    const style = `${cell.isBold() ? ' font-weight="bold"' : ''}${cell.isDim() ? ' opacity="0.65"' : ''}${fillOf(cell)}`;
    const last = runs.at(-1);
    if (last?.style === style && last.width === width) last.text += cell.getChars() || ' ';
    else runs.push({ column, style, width, text: cell.getChars() || ' ' });
  }
  return runs.flatMap(splitAtGaps);
}

/** Splits text at consecutive blanks, which SVG would collapse. */
function splitAtGaps({ text, column, ...rest }) {
  return [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({
    ...rest,
    text: match[0],
    column: column + match.index * rest.width,
  }));
}

function fillOf(cell) {
  if (!cell.isFgPalette()) return '';
  const color = COLORS[cell.getFgColor()];
  return color === undefined ? '' : ` fill="${color}"`;
}

function drawRun({ column, style, width, text }, y) {
  const x = round(MARGIN_PX + column * COLUMN_PX);
  const length = round([...text].length * width * COLUMN_PX);
  // A wide character fills two columns, so its font is a little larger.
  const size = width === 2 ? ' font-size="16"' : '';
  return `<text x="${x}" y="${round(y)}" textLength="${length}"${size}${style}>${escapeXml(text)}</text>`;
}

function round(px) {
  return Number(px.toFixed(1));
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
