use bytes::{Buf, BufMut, BytesMut};
use std::mem::{size_of, size_of_val, MaybeUninit};
use std::ptr::{copy, copy_nonoverlapping, read_unaligned, write_bytes};

const FRAME: usize = 512;

#[repr(C, packed)]
#[derive(Clone, Copy)]
pub struct Header {
    kind: u16,
    length: u16,
    offset: u32,
}

pub struct Ring {
    data: Box<[u8; FRAME]>,
    start: usize,
}

impl Ring {
    fn write_at(&mut self, position: usize, bytes: &[u8]) {
        let target = unsafe { self.data.as_mut_ptr().add(position) };
        unsafe { copy_nonoverlapping(bytes.as_ptr(), target, bytes.len()) }; // flaw: unchecked-size
    }

    pub fn push(&mut self, bytes: &[u8]) {
        let position = self.start;
        self.write_at(position, bytes);
        self.start = (position + bytes.len()) % FRAME;
    }

    pub fn push_checked(&mut self, bytes: &[u8]) -> bool {
        let Some(end) = self.start.checked_add(bytes.len()).filter(|e| *e <= FRAME) else { return false };
        unsafe { copy_nonoverlapping(bytes.as_ptr(), self.data.as_mut_ptr().add(self.start), bytes.len()) }; // fine: unchecked-size
        self.start = end % FRAME;
        true
    }

    pub fn wipe(&mut self) {
        unsafe { write_bytes(self.data.as_mut_ptr(), 0, FRAME + 1) }; // flaw: unchecked-size
    }

    pub fn wipe_checked(&mut self) {
        unsafe { write_bytes(self.data.as_mut_ptr(), 0, size_of_val(&*self.data)) }; // fine: unchecked-size
    }
}

pub fn header(packet: &[u8]) -> Header {
    unsafe { read_unaligned(packet.as_ptr().cast::<Header>()) } // flaw: unchecked-size
}

pub fn header_checked(packet: &[u8]) -> Option<Header> {
    if packet.len() < size_of::<Header>() {
        return None;
    }
    Some(unsafe { read_unaligned(packet.as_ptr().cast::<Header>()) }) // fine: unchecked-size
}

pub fn body(packet: &[u8]) -> Option<Vec<u8>> {
    let h = header_checked(packet)?;
    let from = h.offset as usize;
    let to = from.checked_add(h.length as usize)?;
    Some(unsafe { packet.get_unchecked(from..to) }.to_vec()) // flaw: unchecked-size
}

pub fn body_checked(packet: &[u8]) -> Option<Vec<u8>> {
    let h = header_checked(packet)?;
    let from = h.offset as usize;
    let to = from.checked_add(h.length as usize)?;
    if to > packet.len() {
        return None;
    }
    Some(unsafe { packet.get_unchecked(from..to) }.to_vec()) // fine: unchecked-size
}

pub fn decode(mut input: &[u8]) -> BytesMut {
    let announced = input.get_u32() as usize;
    let mut out = BytesMut::with_capacity(FRAME);
    let n = input.len().min(FRAME);
    out.put_slice(&input[..n]);
    unsafe { out.set_len(announced) }; // flaw: unchecked-size
    out
}

pub fn decode_checked(mut input: &[u8]) -> Option<BytesMut> {
    if input.remaining() < 4 {
        return None;
    }
    let announced = input.get_u32() as usize;
    if announced > FRAME || announced > input.len() {
        return None;
    }
    let mut out = BytesMut::with_capacity(FRAME);
    unsafe {
        copy(input.as_ptr(), out.as_mut_ptr(), announced);
        out.set_len(announced); // fine: unchecked-size
    }
    Some(out)
}

pub fn table(values: &[u16]) -> [u16; 8] {
    let mut out = MaybeUninit::<[u16; 8]>::zeroed();
    let count = values.len().min(size_of::<[u16; 8]>());
    unsafe {
        copy_nonoverlapping(values.as_ptr(), out.as_mut_ptr().cast(), count); // flaw: unchecked-size
        out.assume_init()
    }
}
