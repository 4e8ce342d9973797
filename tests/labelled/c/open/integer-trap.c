/* Image loader: header parsing and pixel buffer allocation. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SIDE 16384u

struct image {
    uint32_t width;
    uint32_t height;
    uint32_t bpp;
    unsigned char *pixels;
    uint32_t *palette;
};

struct chunk {
    int32_t len;
    unsigned char data[512];
};

static uint32_t rd32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static int rd_header(FILE *fp, struct image *im)
{
    unsigned char hdr[12];

    if (fread(hdr, 1, sizeof hdr, fp) != sizeof hdr)
        return -1;
    im->width = rd32(hdr);
    im->height = rd32(hdr + 4);
    im->bpp = rd32(hdr + 8);
    return 0;
}

int load_pixels(FILE *fp, struct image *im)
{
    if (rd_header(fp, im) != 0)
        return -1;
    im->pixels = malloc(im->width * im->height * 4);       // flaw: integer-trap
    if (im->pixels == NULL)
        return -1;
    for (uint32_t y = 0; y < im->height; y++) {
        if (fread(im->pixels + (size_t)y * im->width * 4, 4, im->width, fp) != im->width)
            return -1;
    }
    return 0;
}

int load_pixels_capped(FILE *fp, struct image *im)
{
    if (rd_header(fp, im) != 0)
        return -1;
    if (im->width == 0 || im->height == 0 || im->width > MAX_SIDE || im->height > MAX_SIDE)
        return -1;
    im->pixels = malloc((size_t)im->width * im->height * 4); // fine: integer-trap
    if (im->pixels == NULL)
        return -1;
    for (uint32_t y = 0; y < im->height; y++) {
        if (fread(im->pixels + (size_t)y * im->width * 4, 4, im->width, fp) != im->width)
            return -1;
    }
    return 0;
}

int load_palette(FILE *fp, struct image *im)
{
    unsigned char raw[4];
    uint32_t n, bytes;

    if (fread(raw, 1, 4, fp) != 4)
        return -1;
    n = rd32(raw);
    bytes = n * sizeof(uint32_t);
    im->palette = malloc(bytes);                           // flaw: integer-trap
    if (im->palette == NULL)
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        if (fread(raw, 1, 4, fp) != 4)
            return -1;
        im->palette[i] = rd32(raw);
    }
    return 0;
}

int load_palette_calloc(FILE *fp, struct image *im)
{
    unsigned char raw[4];
    uint32_t n;

    if (fread(raw, 1, 4, fp) != 4)
        return -1;
    n = rd32(raw);
    im->palette = calloc(n, sizeof *im->palette);          // fine: integer-trap
    if (im->palette == NULL)
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        if (fread(raw, 1, 4, fp) != 4)
            return -1;
        im->palette[i] = rd32(raw);
    }
    return 0;
}

int read_chunk(FILE *fp, struct chunk *c)
{
    unsigned char raw[4];

    if (fread(raw, 1, 4, fp) != 4)
        return -1;
    c->len = (int32_t)rd32(raw);
    if (c->len > (int32_t)sizeof c->data)
        return -1;
    return fread(c->data, 1, c->len, fp) == (size_t)c->len ? 0 : -1; // flaw: integer-trap
}

int read_chunk_checked(FILE *fp, struct chunk *c)
{
    unsigned char raw[4];

    if (fread(raw, 1, 4, fp) != 4)
        return -1;
    c->len = (int32_t)rd32(raw);
    if (c->len < 0 || c->len > (int32_t)sizeof c->data)
        return -1;
    return fread(c->data, 1, (size_t)c->len, fp) == (size_t)c->len ? 0 : -1; // fine: integer-trap
}

static void *grow(void *old, size_t count, size_t elem)
{
    return realloc(old, count * elem);                     // flaw: integer-trap
}

static void *grow_checked(void *old, size_t count, size_t elem)
{
    if (elem != 0 && count > SIZE_MAX / elem)
        return NULL;
    return realloc(old, count * elem);                     // fine: integer-trap
}

int extend_palette(FILE *fp, struct image *im, int checked)
{
    unsigned char raw[8];
    uint64_t n;
    void *p;

    if (fread(raw, 1, 8, fp) != 8)
        return -1;
    n = (uint64_t)rd32(raw + 4) << 32 | rd32(raw);
    p = checked ? grow_checked(im->palette, n, 4) : grow(im->palette, n, 4);
    if (p == NULL)
        return -1;
    im->palette = p;
    return 0;
}

char *read_comment(FILE *fp)
{
    unsigned char raw[2];
    uint16_t len;
    char *text;

    if (fread(raw, 1, 2, fp) != 2)
        return NULL;
    len = (uint16_t)(raw[0] | raw[1] << 8);
    text = malloc((size_t)len + 1);                        // fine: integer-trap
    if (text == NULL)
        return NULL;
    len = (uint16_t)fread(text, 1, len, fp);
    text[len] = '\0';
    return text;
}
