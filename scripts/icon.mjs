// Draws the extension's icon, images/icon.png: a book whose page is a database, with the squiggle under it.
// No picture library: shapes are signed distances, sampled per pixel, written as a PNG by hand.
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const size = 256;
const samples = 4; // per pixel and direction

const hypot = Math.hypot;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** Negative inside; all in units of the icon's width (0 to 1). */
const roundedBox = (x, y, cx, cy, halfWidth, halfHeight, radius) => {
  const dx = Math.abs(x - cx) - halfWidth + radius;
  const dy = Math.abs(y - cy) - halfHeight + radius;
  return hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
};
const ellipse = (x, y, cx, cy, rx, ry) => (hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry);

const rim = { x: 0.52, rx: 0.2, ry: 0.064, top: 0.25, bottom: 0.62 };
const cylinder = (x, y) =>
  Math.min(
    roundedBox(x, y, rim.x, (rim.top + rim.bottom) / 2, rim.rx, (rim.bottom - rim.top) / 2, 0),
    ellipse(x, y, rim.x, rim.top, rim.rx, rim.ry),
    ellipse(x, y, rim.x, rim.bottom, rim.rx, rim.ry),
  );

/** The lower half of a rim, as a line around the cylinder. */
const band = (x, y, at) => (y >= at && cylinder(x, y) < 0 ? Math.abs(ellipse(x, y, rim.x, at, rim.rx, rim.ry)) - 0.0095 : 1);

const squiggle = (x, y) => {
  const [left, right, wave, height] = [0.315, 0.725, 0.1025, 0.02];
  const phase = (clamp(x, left, right) - left) / wave;
  const slope = (height * 2 * Math.PI) / wave;
  const away = (y - 0.79 - height * Math.sin(phase * 2 * Math.PI)) / hypot(1, slope * Math.cos(phase * 2 * Math.PI));
  return hypot(Math.max(left - x, x - right, 0), away) - 0.0145;
};

/** From back to front. */
const layers = [
  { color: [38, 43, 82], shape: (x, y) => roundedBox(x, y, 0.5, 0.5, 0.5, 0.5, 0.21) },
  { color: [49, 56, 107], shape: (x, y) => Math.max(roundedBox(x, y, 0.5, 0.5, 0.5, 0.5, 0.21), x - 0.185) },
  { color: [92, 104, 176], shape: (x, y) => Math.max(roundedBox(x, y, 0.5, 0.5, 0.5, 0.5, 0.21), Math.abs(x - 0.185) - 0.008) },
  { color: [124, 196, 255], shape: cylinder },
  { color: [190, 226, 255], shape: (x, y) => ellipse(x, y, rim.x, rim.top, rim.rx, rim.ry) },
  { color: [38, 43, 82], shape: (x, y) => Math.min(band(x, y, 0.375), band(x, y, 0.5)) },
  { color: [255, 197, 61], shape: squiggle },
];

/** Red, green, blue and alpha at a point. */
function colorAt(x, y) {
  let color;
  for (const layer of layers) if (layer.shape(x, y) < 0) color = layer.color;
  return color;
}

function pixel(column, row) {
  const sum = [0, 0, 0];
  let covered = 0;
  for (let i = 0; i < samples * samples; i++) {
    const color = colorAt((column + ((i % samples) + 0.5) / samples) / size, (row + (Math.floor(i / samples) + 0.5) / samples) / size);
    if (!color) continue;
    covered++;
    color.forEach((value, channel) => (sum[channel] += value));
  }
  return covered === 0 ? [0, 0, 0, 0] : [...sum.map((value) => Math.round(value / covered)), Math.round((255 * covered) / (samples * samples))];
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(4 + body.length + 4);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), 4 + body.length);
  return frame;
}

const header = Buffer.alloc(13);
header.writeUInt32BE(size, 0);
header.writeUInt32BE(size, 4);
header.set([8, 6, 0, 0, 0], 8); // 8 bits, red green blue alpha
const rows = Array.from({ length: size }, (_, row) => [0, ...Array.from({ length: size }, (_, column) => pixel(column, row)).flat()]);
writeFileSync(
  new URL('../images/icon.png', import.meta.url),
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]),
);
