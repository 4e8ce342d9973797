package io.northwind.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.CorruptedFrameException;

public class FrameCodec {

    private static final int LIMIT = 1 << 22;
    private static final int ENTRY = 48;

    public ByteBuf decode(ByteBuf in, ByteBufAllocator alloc) {
        int length = in.readInt();
        if (length > LIMIT) {
            throw new CorruptedFrameException("length " + length);
        }
        byte kind = in.readByte();
        return alloc.buffer(kind == 0 ? 16 : length); // flaw: integer-trap
    }

    public ByteBuf decodeChecked(ByteBuf in, ByteBufAllocator alloc) {
        int length = in.readInt();
        if (length < 0 || length > LIMIT || length > in.readableBytes()) {
            throw new CorruptedFrameException("length " + length);
        }
        return alloc.buffer(length).writeBytes(in, length); // fine: integer-trap
    }

    public long[] readIndex(ByteBuffer in) throws IOException {
        int entries = in.getInt();
        int bytes = entries * ENTRY; // flaw: integer-trap
        if (bytes > in.remaining()) {
            throw new EOFException();
        }
        long[] index = new long[entries];
        for (int i = 0; i < entries; i++) {
            index[i] = in.getLong();
        }
        return index;
    }

    public long[] readIndexExact(ByteBuffer in) throws IOException {
        int entries = in.getInt();
        int bytes = Math.multiplyExact(entries, Long.BYTES); // fine: integer-trap
        if (entries < 0 || bytes > in.remaining()) {
            throw new EOFException();
        }
        long[] index = new long[entries];
        in.asLongBuffer().get(index);
        return index;
    }

    public byte[] slice(byte[] page, int start, short count) {
        int unsigned = count & 0xFFFF; // fine: integer-trap
        if (start < 0 || start > page.length || unsigned > page.length - start) {
            throw new IllegalArgumentException("range");
        }
        return Arrays.copyOfRange(page, start, start + unsigned);
    }

    public int lookup(int[] table, ByteBuffer in) {
        byte code = in.get();
        if (code < table.length) {
            return table[code]; // flaw: integer-trap
        }
        return -1;
    }

    public int lookupUnsigned(int[] table, ByteBuffer in) {
        int code = Byte.toUnsignedInt(in.get());
        return code < table.length ? table[code] : -1; // fine: integer-trap
    }

    public MappedByteBuffer map(RandomAccessFile file) throws IOException {
        long size = file.length();
        FileChannel channel = file.getChannel();
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(size, Integer.MAX_VALUE)); // fine: integer-trap
    }

    public byte[] readBlob(RandomAccessFile file, int maximum) throws IOException {
        long declared = file.readLong();
        byte[] blob = new byte[maximum];
        if (narrow(declared) <= maximum) {
            for (long i = 0; i < declared; i++) {
                blob[(int) i] = file.readByte();
            }
        }
        return blob;
    }

    public boolean withdraw(Account account, int fee, int amount) {
        if (amount <= 0 || fee < 0) {
            return false;
        }
        if (account.cents - (amount + fee) < 0) { // flaw: integer-trap
            return false;
        }
        account.cents -= amount;
        account.cents -= fee;
        return true;
    }

    private static int narrow(long value) {
        return (int) value; // flaw: integer-trap
    }

    static final class Account {
        private long cents;
    }
}
