use std::alloc::{alloc_zeroed, Layout};
use std::io::{self, Read};

const MAX: usize = 1 << 20;

const HEADER: usize = 8;

#[derive(Debug)]
pub struct Shape;

pub struct Image {
    width: u32,
    height: u32,
    pixels: *mut u8,
}

fn read_u32(source: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0u8; 4];
    source.read_exact(&mut bytes)?;
    Ok(u32::from_be_bytes(bytes))
}

impl Image {
    pub fn new(width: u32, height: u32) -> Option<Image> {
        let size = width.wrapping_mul(height).wrapping_mul(4) as usize; // flaw: integer-trap
        let layout = Layout::from_size_align(size.max(1), 16).ok()?;
        let pixels = unsafe { alloc_zeroed(layout) };
        (!pixels.is_null()).then_some(Image { width, height, pixels })
    }

    pub fn checked(width: u32, height: u32) -> Option<Image> {
        let size = (width as usize).checked_mul(height as usize)?.checked_mul(4)?; // fine: integer-trap
        let layout = Layout::from_size_align(size.max(1), 16).ok()?;
        let pixels = unsafe { alloc_zeroed(layout) };
        (!pixels.is_null()).then_some(Image { width, height, pixels })
    }

    pub fn set(&mut self, x: u32, y: u32, value: u8) {
        if x < self.width && y < self.height {
            unsafe { *self.pixels.add((y as usize * self.width as usize + x as usize) * 4) = value };
        }
    }
}

pub fn frame(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let size = read_u32(source)? as i32; // flaw: integer-trap
    if size > MAX as i32 {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut data = vec![0u8; size as usize];
    source.read_exact(&mut data)?;
    Ok(data)
}

pub fn frame_checked(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let size = read_u32(source)? as usize; // fine: integer-trap
    if size > MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut data = vec![0u8; size];
    source.read_exact(&mut data)?;
    Ok(data)
}

pub fn quantity(text: &str, limit: u8) -> Result<u8, Shape> {
    let n: u64 = text.parse().map_err(|_| Shape)?;
    let n = n as u8; // flaw: integer-trap
    if n > limit {
        return Err(Shape);
    }
    Ok(n)
}

pub fn quantity_checked(text: &str, limit: u8) -> Result<u8, Shape> {
    let n: u64 = text.parse().map_err(|_| Shape)?;
    let n = u8::try_from(n).map_err(|_| Shape)?; // fine: integer-trap
    if n > limit { Err(Shape) } else { Ok(n) }
}

fn body_length(total: usize) -> usize {
    total.wrapping_sub(HEADER) // flaw: integer-trap
}

pub fn body(message: &[u8]) -> Vec<u8> {
    let n = body_length(message.len());
    let mut out = Vec::with_capacity(n.min(MAX));
    unsafe {
        std::ptr::copy_nonoverlapping(message.as_ptr().wrapping_add(HEADER), out.as_mut_ptr(), n.min(MAX));
        out.set_len(n.min(MAX));
    }
    out
}

pub fn body_checked(message: &[u8]) -> Option<Vec<u8>> {
    let n = message.len().checked_sub(HEADER)?; // fine: integer-trap
    Some(message[HEADER..HEADER + n].to_vec())
}

pub fn checksum(data: &[u8]) -> u32 {
    data.iter().fold(1u32, |acc, b| acc.wrapping_mul(31).wrapping_add(*b as u32)) // fine: integer-trap
}
