using System;
using System.Buffers;
using System.Buffers.Binary;
using System.IO;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fabrikam.Codec
{
    public unsafe class FrameCodec
    {
        private const int Limit = 1 << 22;
        private const int Entry = 48;

        public byte* Allocate(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
        {
            var entries = BinaryPrimitives.ReadUInt32BigEndian(header);
            var bytes = (ulong)entries * Entry; // fine: integer-trap
            if (bytes > Limit)
            {
                throw new InvalidDataException("too many entries");
            }
            return (byte*)NativeMemory.AllocZeroed((nuint)bytes);
        }

        public byte* AllocateTable(ReadOnlySpan<byte> header)
        {
            var entries = BinaryPrimitives.ReadUInt32BigEndian(header);
            var table = (byte*)NativeMemory.Alloc(entries * 48u); // flaw: integer-trap
            for (ulong i = 0; i < entries; i++)
            {
                table[i * 48] = 1;
            }
            return table;
        }

        public byte[] Body(BinaryReader reader)
        {
            int length = reader.ReadInt16();
            if (length > 4096)
            {
                throw new InvalidDataException("length");
            }
            var body = new byte[4096];
            fixed (byte* target = body)
            {
                Fill(target, (uint)length, reader); // flaw: integer-trap
            }
            return body;
        }

        public byte[] BodyChecked(BinaryReader reader)
        {
            int length = reader.ReadInt16();
            if (length < 0 || length > 4096)
            {
                throw new InvalidDataException("length");
            }
            var body = new byte[4096];
            fixed (byte* target = body)
            {
                Fill(target, (uint)length, reader); // fine: integer-trap
            }
            return body;
        }

        public byte[] Slice(byte[] page, int start, ushort count)
        {
            if (start < 0 || start > page.Length || count > page.Length - start) // fine: integer-trap
            {
                throw new ArgumentOutOfRangeException(nameof(start));
            }
            return page.AsSpan(start, count).ToArray();
        }

        public byte At(byte* table, int size, sbyte code)
        {
            if (code < size)
            {
                return table[code]; // flaw: integer-trap
            }
            return 0;
        }

        public byte AtUnsigned(byte* table, int size, byte code)
        {
            return code < size ? table[code] : (byte)0; // fine: integer-trap
        }

        public int Total(int[] sizes)
        {
            var sum = 0;
            foreach (var size in sizes)
            {
                sum = checked(sum + size); // fine: integer-trap
            }
            return sum;
        }

        public IntPtr Grow(IntPtr block, int used, int extra)
        {
            if (used < 0 || extra < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(extra));
            }
            var grown = Marshal.ReAllocHGlobal(block, (IntPtr)Sum(used, extra));
            Unsafe.InitBlockUnaligned((byte*)grown + used, 0, (uint)extra);
            return grown;
        }

        private static int Sum(int used, int extra)
        {
            return unchecked(used + extra + Entry); // flaw: integer-trap
        }

        private static void Fill(byte* target, uint length, BinaryReader reader)
        {
            for (uint i = 0; i < length; i++)
            {
                target[i] = reader.ReadByte();
            }
        }
    }
}
