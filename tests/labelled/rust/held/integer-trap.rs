use byteorder::{LittleEndian, ReadBytesExt};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::num::Wrapping;

const LIMIT: i64 = 10_000;

#[derive(Debug, PartialEq)]
pub enum Failure {
    Shape,
    Funds,
}

pub struct Table {
    stride: u16,
    cells: Vec<u8>,
}

fn header(input: &mut Cursor<&[u8]>) -> Option<(u32, u16, u64)> {
    let count = input.read_u32::<LittleEndian>().ok()?;
    let stride = input.read_u16::<LittleEndian>().ok()?;
    let offset = input.read_u64::<LittleEndian>().ok()?;
    Some((count, stride, offset))
}

impl Table {
    pub fn parse(bytes: &[u8]) -> Option<Table> {
        let mut input = Cursor::new(bytes);
        let (count, stride, _) = header(&mut input)?;
        let total = (Wrapping(count) * Wrapping(stride as u32)).0; // flaw: integer-trap
        let mut cells = Vec::with_capacity(total as usize);
        let base: *mut u8 = cells.as_mut_ptr();
        for i in 0..count as usize {
            unsafe { *base.add(i * stride as usize) = 1 };
        }
        unsafe { cells.set_len(total as usize) };
        Some(Table { stride, cells })
    }

    pub fn parse_checked(bytes: &[u8]) -> Option<Table> {
        let mut input = Cursor::new(bytes);
        let (count, stride, _) = header(&mut input)?;
        let total = count.checked_mul(stride as u32).filter(|t| *t < 1 << 24)?; // fine: integer-trap
        Some(Table { stride, cells: vec![0; total as usize] })
    }

    pub fn cell(&self, i: usize) -> Option<&u8> {
        self.cells.get(i.checked_mul(self.stride as usize)?)
    }
}

pub fn section(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut input = Cursor::new(bytes);
    let (count, _, offset) = header(&mut input)?;
    let start = offset as u16 as usize; // flaw: integer-trap
    if offset == 0 || start > bytes.len() {
        return None;
    }
    Some(bytes[start..].iter().copied().take(count as usize).collect())
}

pub fn section_checked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut input = Cursor::new(bytes);
    let (count, _, offset) = header(&mut input)?;
    if offset > bytes.len() as u64 {
        return None;
    }
    input.seek(SeekFrom::Start(offset)).ok()?;
    let mut out = Vec::new();
    input.take(count as u64).read_to_end(&mut out).ok()?; // fine: integer-trap
    Some(out)
}

fn cost(price: i32, count: i32) -> i32 {
    price.wrapping_mul(count) // flaw: integer-trap
}

pub fn spend(balance: i32, price: i32, count: i32) -> Result<i32, Failure> {
    if price <= 0 || count <= 0 {
        return Err(Failure::Shape);
    }
    let cost = cost(price, count);
    if cost > balance { Err(Failure::Funds) } else { Ok(balance.saturating_sub(cost)) }
}

pub fn spend_checked(balance: i64, price: i32, count: i32) -> Result<i64, Failure> {
    if price <= 0 || count <= 0 {
        return Err(Failure::Shape);
    }
    let cost = i64::from(price) * i64::from(count); // fine: integer-trap
    if cost > balance { Err(Failure::Funds) } else { Ok(balance - cost) }
}

pub fn withdraw(text: &str) -> Result<u32, Failure> {
    let amount: i64 = text.parse().map_err(|_| Failure::Shape)?;
    if amount > LIMIT {
        return Err(Failure::Funds);
    }
    Ok(amount as u32) // flaw: integer-trap
}

pub fn withdraw_checked(text: &str) -> Result<u32, Failure> {
    let amount: i64 = text.parse().map_err(|_| Failure::Shape)?;
    if !(1..=LIMIT).contains(&amount) {
        return Err(Failure::Funds);
    }
    Ok(amount as u32) // fine: integer-trap
}

pub fn fnv(data: &[u8]) -> u64 {
    data.iter().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3)) // fine: integer-trap
}
