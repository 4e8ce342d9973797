use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::ffi::{c_void, CString};
use std::ptr::{drop_in_place, read, NonNull};
use std::sync::Arc;

extern "C" {
    fn malloc(size: usize) -> *mut c_void;
    fn free(p: *mut c_void);
    fn set_callback(data: *mut c_void);
    fn puts(s: *const std::os::raw::c_char) -> i32;
}

pub struct Session {
    id: u64,
    name: String,
}

pub struct Registry {
    sessions: HashMap<u64, NonNull<Session>>,
    last: Option<NonNull<Session>>,
}

impl Registry {
    pub fn open(&mut self, id: u64, name: &str) {
        let session = NonNull::from(Box::leak(Box::new(Session { id, name: name.into() })));
        self.sessions.insert(id, session);
        self.last = Some(session);
    }

    pub fn close(&mut self, id: u64) -> Option<String> {
        let session = self.sessions.remove(&id)?;
        unsafe { drop(Box::from_raw(session.as_ptr())) };
        Some(unsafe { session.as_ref() }.name.clone()) // flaw: use-after-free
    }

    pub fn close_named(&mut self, id: u64) -> Option<String> {
        let session = self.sessions.remove(&id)?;
        if self.last == Some(session) {
            self.last = None;
        }
        let session = unsafe { Box::from_raw(session.as_ptr()) }; // fine: use-after-free
        Some(session.name)
    }

    pub fn rename(&mut self, id: u64, name: String) {
        if let Some(session) = self.sessions.get_mut(&id) {
            let old = unsafe { read(&session.as_ref().name) };
            drop(old); // flaw: use-after-free
            unsafe { session.as_mut() }.name = name;
        }
    }

    pub fn rename_in_place(&mut self, id: u64, name: String) {
        if let Some(session) = self.sessions.get_mut(&id) {
            let old = std::mem::replace(&mut unsafe { session.as_mut() }.name, name);
            drop(old); // fine: use-after-free
        }
    }
}

pub fn numbers() -> &'static [u32] {
    let values = vec![1, 2, 3];
    let (p, n) = (values.as_ptr(), values.len());
    unsafe { std::slice::from_raw_parts(p, n) } // flaw: use-after-free
}

pub fn leaked() -> &'static [u32] {
    Box::leak(vec![1, 2, 3].into_boxed_slice()) // fine: use-after-free
}

pub fn watch(counter: u32) {
    let mut counter = counter;
    unsafe { set_callback((&mut counter as *mut u32).cast()) }; // flaw: use-after-free
}

pub fn watch_shared(counter: Arc<UnsafeCell<u32>>) {
    unsafe { set_callback(Arc::into_raw(counter) as *mut c_void) }; // fine: use-after-free
}

pub fn buffer(fill: u8) -> u8 {
    unsafe {
        let p = malloc(32).cast::<u8>();
        if p.is_null() {
            return 0;
        }
        p.write_bytes(fill, 32);
        let result = if fill == 0 { 0 } else { *p };
        if fill == 0 {
            free(p.cast());
        }
        free(p.cast()); // flaw: use-after-free
        result
    }
}

pub fn buffer_once(fill: u8) -> u8 {
    unsafe {
        let p = malloc(32).cast::<u8>();
        if p.is_null() {
            return 0;
        }
        p.write_bytes(fill, 32);
        let result = *p;
        free(p.cast()); // fine: use-after-free
        result
    }
}

pub fn print(text: &str) -> i32 {
    let line = CString::new(text).unwrap_or_default();
    unsafe { puts(line.as_ptr()) }
}

/// # Safety
/// `slot` holds an initialised value that nobody reads afterwards.
pub unsafe fn discard(slot: *mut Session) -> u64 {
    let id = (*slot).id;
    drop_in_place(slot);
    id
}
