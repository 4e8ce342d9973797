use std::alloc::{alloc, dealloc, Layout};
use std::ffi::{CStr, CString};
use std::mem::{self, ManuallyDrop};
use std::os::raw::c_char;
use std::ptr;

extern "C" {
    fn register_name(name: *const c_char);
}

pub struct Node {
    value: u64,
    next: *mut Node,
}

pub struct Stack {
    head: *mut Node,
}

impl Stack {
    pub fn push(&mut self, value: u64) {
        self.head = Box::into_raw(Box::new(Node { value, next: self.head }));
    }

    pub fn pop(&mut self) -> Option<u64> {
        if self.head.is_null() {
            return None;
        }
        unsafe {
            let next = (*self.head).next;
            let node = Box::from_raw(self.head); // fine: use-after-free
            self.head = next;
            Some(node.value)
        }
    }

    pub fn drain(&mut self) -> u64 {
        let mut total = 0;
        while !self.head.is_null() {
            unsafe {
                total += (*self.head).value;
                drop(Box::from_raw(self.head));
                self.head = (*self.head).next; // flaw: use-after-free
            }
        }
        total
    }

    pub fn clear(&mut self) {
        let mut current = mem::replace(&mut self.head, ptr::null_mut());
        while !current.is_null() {
            let node = unsafe { Box::from_raw(current) };
            current = node.next; // fine: use-after-free
        }
    }
}

fn name_pointer(name: &str) -> *const c_char {
    CString::new(name).unwrap_or_default().as_ptr() // flaw: use-after-free
}

pub fn register(name: &str) {
    unsafe { register_name(name_pointer(name)) };
}

pub fn register_held(name: &str) {
    let name = CString::new(name).unwrap_or_default();
    unsafe { register_name(name.as_ptr()) }; // fine: use-after-free
}

pub fn longest(words: &[&str]) -> usize {
    let first: *const String;
    {
        let joined = words.join(" ");
        first = &joined;
    }
    unsafe { (*first).len() } // flaw: use-after-free
}

pub fn split(data: Vec<u8>) -> (Vec<u8>, Vec<u8>) {
    let mut data = data;
    let (p, len, cap) = (data.as_mut_ptr(), data.len(), data.capacity());
    let copy = unsafe { Vec::from_raw_parts(p, len, cap) }; // flaw: use-after-free
    (data, copy)
}

pub fn rebuild(data: Vec<u8>) -> Vec<u8> {
    let mut data = ManuallyDrop::new(data);
    let (p, len, cap) = (data.as_mut_ptr(), data.len(), data.capacity());
    unsafe { Vec::from_raw_parts(p, len, cap) } // fine: use-after-free
}

pub fn scratch(flag: bool) -> u8 {
    let layout = Layout::new::<[u8; 64]>();
    unsafe {
        let p = alloc(layout);
        if p.is_null() {
            return 0;
        }
        ptr::write_bytes(p, 7, 64);
        let result = *p;
        if flag {
            dealloc(p, layout);
        }
        dealloc(p, layout); // flaw: use-after-free
        result
    }
}

#[no_mangle]
pub extern "C" fn version_new() -> *mut c_char {
    CString::new("1.4.2").unwrap_or_default().into_raw() // fine: use-after-free
}

/// # Safety
/// `p` comes from `version_new` and is handed back once.
#[no_mangle]
pub unsafe extern "C" fn version_free(p: *mut c_char) -> usize {
    let length = CStr::from_ptr(p).to_bytes().len();
    drop(CString::from_raw(p)); // fine: use-after-free
    length
}
