package com.acme.raster;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

public class TileReader {

    private static final int MAX_BYTES = 16 * 1024 * 1024;
    private static final int HEADER = 24;

    private final DataInputStream in;

    public TileReader(DataInputStream in) {
        this.in = in;
    }

    public byte[] readTile() throws IOException {
        int width = in.readInt();
        int height = in.readInt();
        if (width * height * 4 > MAX_BYTES) { // flaw: integer-trap
            throw new IOException("tile too large");
        }
        byte[][] rows = new byte[height][];
        for (int y = 0; y < height; y++) {
            rows[y] = in.readNBytes(width);
        }
        return rows.length == 0 ? new byte[0] : rows[0];
    }

    public byte[] readExactTile() throws IOException {
        int width = in.readUnsignedShort();
        int height = in.readUnsignedShort();
        long size = (long) width * height * 4; // fine: integer-trap
        if (size > MAX_BYTES) {
            throw new IOException("tile too large");
        }
        return in.readNBytes((int) size);
    }

    public byte[] readChunk(ByteBuffer source) throws IOException {
        int offset = in.readInt();
        int length = in.readInt();
        if (offset < 0 || length < 0 || offset + length > source.capacity()) { // flaw: integer-trap
            throw new IOException("chunk outside buffer");
        }
        byte[] chunk = new byte[length];
        source.get(offset, chunk);
        return chunk;
    }

    public byte[] readBoundedChunk(ByteBuffer source) throws IOException {
        int offset = in.readInt();
        int length = in.readInt();
        if (offset < 0 || length < 0 || length > source.capacity() - offset) { // fine: integer-trap
            throw new IOException("chunk outside buffer");
        }
        byte[] chunk = new byte[length];
        source.get(offset, chunk);
        return chunk;
    }

    public ByteBuffer readFrame() throws IOException {
        long declared = in.readLong();
        int size = (int) declared; // flaw: integer-trap
        if (size > MAX_BYTES) {
            throw new IOException("frame too large");
        }
        ByteBuffer frame = ByteBuffer.allocate(size + HEADER);
        for (long i = 0; i < declared; i++) {
            frame.put(in.readByte());
        }
        return frame;
    }

    public ByteBuffer readSmallFrame() throws IOException {
        long declared = in.readLong();
        if (declared < 0 || declared > MAX_BYTES) {
            throw new IOException("frame too large");
        }
        int size = (int) declared; // fine: integer-trap
        return ByteBuffer.allocate(size + HEADER).put(in.readNBytes(size));
    }

    public int[] readPalette() throws IOException {
        int count = in.readInt();
        return new int[paletteLength(count, 4)];
    }

    public int[] readSmallPalette() throws IOException {
        int count = in.readUnsignedByte();
        return new int[count * 4]; // fine: integer-trap
    }

    public long total(int[] sizes) {
        int sum = 0;
        for (int size : sizes) {
            sum = Math.addExact(sum, size); // fine: integer-trap
        }
        return sum;
    }

    public boolean mayBuy(int quantity, int unitCents, int balanceCents) {
        int cost = quantity * unitCents; // flaw: integer-trap
        return quantity > 0 && cost <= balanceCents;
    }

    private static int paletteLength(int count, int channels) throws IOException {
        int length = count * channels; // flaw: integer-trap
        if (length > 4096) {
            throw new IOException("palette too large");
        }
        return length;
    }
}
