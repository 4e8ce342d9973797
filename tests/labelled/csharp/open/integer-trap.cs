using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;

namespace Contoso.Raster
{
    public unsafe class TileReader
    {
        private const int MaxBytes = 16 * 1024 * 1024;
        private readonly BinaryReader _reader;

        public TileReader(BinaryReader reader)
        {
            _reader = reader;
        }

        public IntPtr ReadTile(out int width, out int height)
        {
            width = _reader.ReadInt32();
            height = _reader.ReadInt32();
            var buffer = Marshal.AllocHGlobal(width * height * 4); // flaw: integer-trap
            var p = (uint*)buffer;
            for (long i = 0; i < (long)width * height; i++)
            {
                p[i] = _reader.ReadUInt32();
            }
            return buffer;
        }

        public byte[] ReadSmallTile()
        {
            long width = _reader.ReadUInt16();
            long height = _reader.ReadUInt16();
            var size = width * height * 4; // fine: integer-trap
            if (size > MaxBytes)
            {
                throw new InvalidDataException("tile too large");
            }
            return _reader.ReadBytes((int)size);
        }

        public byte[] ReadChunk(byte[] source)
        {
            var offset = _reader.ReadInt32();
            var length = _reader.ReadInt32();
            if (offset < 0 || length < 0 || offset + length > source.Length) // flaw: integer-trap
            {
                throw new InvalidDataException("chunk outside buffer");
            }
            var chunk = new byte[length];
            fixed (byte* from = source)
            {
                Marshal.Copy((IntPtr)(from + offset), chunk, 0, length);
            }
            return chunk;
        }

        public byte[] ReadBoundedChunk(byte[] source)
        {
            var offset = _reader.ReadInt32();
            var length = _reader.ReadInt32();
            if (offset < 0 || length < 0 || length > source.Length - offset) // fine: integer-trap
            {
                throw new InvalidDataException("chunk outside buffer");
            }
            return source.AsSpan(offset, length).ToArray();
        }

        public IntPtr ReadFrame()
        {
            var declared = _reader.ReadInt64();
            var size = (int)declared; // flaw: integer-trap
            var buffer = Marshal.AllocHGlobal(size);
            var p = (byte*)buffer;
            for (long i = 0; i < declared; i++)
            {
                p[i] = _reader.ReadByte();
            }
            return buffer;
        }

        public byte[] ReadCheckedFrame()
        {
            var declared = _reader.ReadInt64();
            var size = checked((int)declared); // fine: integer-trap
            if (size < 0 || size > MaxBytes)
            {
                throw new InvalidDataException("frame too large");
            }
            return _reader.ReadBytes(size);
        }

        public int[] ReadPalette()
        {
            return new int[_reader.ReadByte() * 4]; // fine: integer-trap
        }

        public bool MayBuy(int quantity, int unitCents, int balanceCents)
        {
            return quantity > 0 && Cost(quantity, unitCents) <= balanceCents;
        }

        private static int Cost(int quantity, int unitCents)
        {
            return quantity * unitCents; // flaw: integer-trap
        }
    }
}
