use std::os::raw::{c_int, c_void};
use std::ptr;
use std::slice;

const SLOTS: usize = 16;

const NAME: usize = 32;

extern "C" {
    fn memcpy(dest: *mut c_void, src: *const c_void, n: usize) -> *mut c_void;
    fn device_read(buffer: *mut u8, capacity: c_int) -> c_int;
}

#[repr(C)]
pub struct Record {
    id: u32,
    name: [u8; NAME],
}

pub struct Table {
    slots: [u32; SLOTS],
    used: usize,
}

impl Table {
    pub fn get(&self, index: usize) -> u32 {
        unsafe { *self.slots.get_unchecked(index) } // flaw: unchecked-size
    }

    pub fn get_masked(&self, index: usize) -> u32 {
        unsafe { *self.slots.get_unchecked(index % SLOTS) } // fine: unchecked-size
    }

    pub fn fill(&mut self, values: &[u32]) {
        for (i, value) in values.iter().enumerate() {
            if i <= SLOTS {
                unsafe { *self.slots.as_mut_ptr().add(i) = *value }; // flaw: unchecked-size
            }
        }
        self.used = values.len().min(SLOTS);
    }

    pub fn fill_checked(&mut self, values: &[u32]) {
        let n = values.len().min(SLOTS);
        unsafe { ptr::copy_nonoverlapping(values.as_ptr(), self.slots.as_mut_ptr(), n) }; // fine: unchecked-size
        self.used = n;
    }
}

impl Record {
    pub fn set_name(&mut self, name: &str) {
        unsafe { ptr::copy_nonoverlapping(name.as_ptr(), self.name.as_mut_ptr(), name.len()) }; // flaw: unchecked-size
    }

    pub fn set_name_checked(&mut self, name: &str) -> bool {
        if name.len() >= NAME {
            return false;
        }
        self.name = [0; NAME];
        unsafe { ptr::copy_nonoverlapping(name.as_ptr(), self.name.as_mut_ptr(), name.len()) }; // fine: unchecked-size
        true
    }
}

pub fn packet(message: &[u8]) -> Option<Vec<u8>> {
    let length = u16::from_be_bytes([*message.first()?, *message.get(1)?]) as usize;
    let body = unsafe { slice::from_raw_parts(message.as_ptr().add(2), length) }; // flaw: unchecked-size
    Some(body.to_vec())
}

pub fn packet_checked(message: &[u8]) -> Option<Vec<u8>> {
    let length = u16::from_be_bytes([*message.first()?, *message.get(1)?]) as usize;
    if message.len() < 2 + length {
        return None;
    }
    let body = unsafe { slice::from_raw_parts(message.as_ptr().add(2), length) }; // fine: unchecked-size
    Some(body.to_vec())
}

fn raw_copy(dest: *mut u8, source: &[u8]) {
    unsafe { memcpy(dest.cast(), source.as_ptr().cast(), source.len()) }; // flaw: unchecked-size
}

pub fn greeting(user: &[u8]) -> [u8; 64] {
    let mut buffer = [0u8; 64];
    raw_copy(buffer.as_mut_ptr(), user);
    buffer
}

pub fn sample() -> Vec<u8> {
    let mut buffer: Vec<u8> = Vec::with_capacity(256);
    let n = unsafe { device_read(buffer.as_mut_ptr(), 256) };
    if (0..=256).contains(&n) {
        unsafe { buffer.set_len(n as usize) }; // fine: unchecked-size
    }
    buffer
}

pub fn sample_full(requested: usize) -> Vec<u8> {
    let mut buffer: Vec<u8> = Vec::with_capacity(256);
    unsafe {
        device_read(buffer.as_mut_ptr(), 256);
        buffer.set_len(requested); // flaw: unchecked-size
    }
    buffer
}
