/** Spreadsheets that unpack to more are no lists of products. */
const UNPACKED_BYTES_MAX = 128 * 1024 * 1024;
const DEFLATED = 8;
const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const LOCAL_HEADER_BYTES = 30;
const DIRECTORY_ENTRY_BYTES = 46;
const DIRECTORY_END_BYTES = 22;

interface ArchiveFile {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly crc: number;
  readonly content: Uint8Array<ArrayBuffer>;
}

/**
 * A ZIP archive once more, with its files stored instead of compressed. The XLSX reader unpacks large files in a worker made from
 * text, which the page's Content-Security-Policy forbids; what is stored needs no unpacking. The browser itself inflates.
 * @throws Error when it is no ZIP archive, or unpacks to more than a list of products has
 */
export async function storeArchive(archive: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let end = archive.length - DIRECTORY_END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== DIRECTORY_END) end -= 1;
  if (end < 0) throw new Error('no ZIP archive');
  const files: ArchiveFile[] = [];
  let left = UNPACKED_BYTES_MAX;
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new Error('damaged ZIP archive');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const local = view.getUint32(at + 42, true);
    const start = local + LOCAL_HEADER_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = archive.slice(start, start + view.getUint32(at + 20, true));
    const content = view.getUint16(at + 10, true) === DEFLATED ? await inflate(packed, left) : packed;
    left -= content.length;
    if (left < 0) throw new Error('too large');
    const nameAt = at + DIRECTORY_ENTRY_BYTES;
    files.push({
      name: archive.slice(nameAt, nameAt + (nameLength ?? 0)),
      crc: view.getUint32(at + 16, true),
      content,
    });
    at = nameAt + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return new Blob(writeStored(files)).arrayBuffer();
}

async function inflate(packed: Uint8Array<ArrayBuffer>, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > bytesMax) throw new Error('too large');
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function writeStored(files: readonly ArchiveFile[]): Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  let directoryBytes = 0;
  for (const { name, crc, content } of files) {
    /** The fields that a local header and a directory entry share, from "version needed" on. */
    const common = (view: DataView, start: number): void => {
      view.setUint16(start, 20, true);
      view.setUint32(start + 10, crc, true);
      view.setUint32(start + 14, content.length, true);
      view.setUint32(start + 18, content.length, true);
      view.setUint16(start + 22, name.length, true);
    };
    const local = new DataView(new ArrayBuffer(LOCAL_HEADER_BYTES));
    local.setUint32(0, LOCAL_HEADER, true);
    common(local, 4);
    const entry = new DataView(new ArrayBuffer(DIRECTORY_ENTRY_BYTES));
    entry.setUint32(0, DIRECTORY_ENTRY, true);
    common(entry, 6);
    entry.setUint32(42, at, true);
    parts.push(new Uint8Array(local.buffer), name, content);
    directory.push(new Uint8Array(entry.buffer), name);
    at += LOCAL_HEADER_BYTES + name.length + content.length;
    directoryBytes += DIRECTORY_ENTRY_BYTES + name.length;
  }
  const end = new DataView(new ArrayBuffer(DIRECTORY_END_BYTES));
  end.setUint32(0, DIRECTORY_END, true);
  end.setUint16(8, files.length, true);
  end.setUint16(10, files.length, true);
  end.setUint32(12, directoryBytes, true);
  end.setUint32(16, at, true);
  return [...parts, ...directory, new Uint8Array(end.buffer)];
}
