/* Firmware image tool: sections, strings, checksums. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECTION_NAME 16
#define NUM_SECTIONS 8
#define BLOCK 256

struct section {
    char name[SECTION_NAME];
    uint32_t offset;
    uint32_t size;
};

struct firmware {
    struct section sec[NUM_SECTIONS];
    int nsec;
    unsigned char block[BLOCK];
    int counters[NUM_SECTIONS];
};

static uint32_t get32(FILE *fp)
{
    unsigned char b[4] = { 0 };

    if (fread(b, 1, sizeof b, fp) != sizeof b)
        return 0;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

int fw_block(struct firmware *fw, FILE *fp)
{
    uint32_t n = get32(fp);

    return fread(fw->block, 1, n, fp) == n ? 0 : -1;       // flaw: unchecked-size
}

int fw_block_padded(struct firmware *fw, FILE *fp)
{
    uint32_t n = get32(fp);

    memset(fw->block, 0xff, sizeof fw->block);
    if (n > BLOCK)
        n = BLOCK;
    return fread(fw->block, 1, n, fp) == n ? 0 : -1;       // fine: unchecked-size
}

int fw_add(struct firmware *fw, const struct section *s)
{
    if (fw->nsec > NUM_SECTIONS)
        return -1;
    fw->sec[fw->nsec++] = *s;                              // flaw: unchecked-size
    return 0;
}

int fw_append(struct firmware *fw, const struct section *s)
{
    if (fw->nsec >= NUM_SECTIONS)
        return -1;
    fw->sec[fw->nsec++] = *s;                              // fine: unchecked-size
    return 0;
}

int fw_name(struct section *s, FILE *fp)
{
    int ch, i = 0;

    while ((ch = fgetc(fp)) != EOF && ch != '\0')
        s->name[i++] = (char)ch;                           // flaw: unchecked-size
    return i;
}

int fw_label(struct section *s, FILE *fp)
{
    int ch, i = 0;

    while (i < SECTION_NAME - 1 && (ch = fgetc(fp)) != EOF && ch != '\0')
        s->name[i++] = (char)ch;                           // fine: unchecked-size
    s->name[i] = '\0';
    return i;
}

int fw_count(struct firmware *fw, const char *arg)
{
    int idx = atoi(arg);

    return ++fw->counters[idx];                            // flaw: unchecked-size
}

int fw_tally(struct firmware *fw, const char *arg)
{
    char *end = NULL;
    unsigned long idx;

    errno = 0;
    idx = strtoul(arg, &end, 10);
    if (errno != 0 || end == arg || idx >= NUM_SECTIONS)
        return -1;
    return ++fw->counters[idx];                            // fine: unchecked-size
}

void fw_wipe(unsigned char block[BLOCK], const unsigned char *src)
{
    for (size_t i = 0; i < 2 * BLOCK; i += 2)
        block[i] = src[i / 2];                             // flaw: unchecked-size
}

void fw_fill(unsigned char block[BLOCK], const unsigned char src[BLOCK / 2])
{
    for (size_t i = 0; i < BLOCK; i += 2)
        block[i] = src[i / 2];                             // fine: unchecked-size
}
