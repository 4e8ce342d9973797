/* Audio file reader: chunk sizes, sample buffers, cue tables. */
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct wav {
    uint16_t channels;
    uint32_t rate;
    uint32_t frames;
    int16_t *pcm;
};

struct cue {
    uint32_t id;
    uint32_t pos;
};

static int get_u32(FILE *fp, uint32_t *v)
{
    unsigned char b[4];

    if (fread(b, 1, 4, fp) != 4)
        return -1;
    *v = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    return 0;
}

static int wav_fmt(FILE *fp, struct wav *w)
{
    uint32_t ch;

    if (get_u32(fp, &ch) != 0 || get_u32(fp, &w->rate) != 0 || get_u32(fp, &w->frames) != 0)
        return -1;
    w->channels = (uint16_t)ch;
    return 0;
}

int wav_load(FILE *fp, struct wav *w)
{
    uint32_t samples;

    if (wav_fmt(fp, w) != 0)
        return -1;
    samples = w->frames * w->channels;
    w->pcm = calloc(samples, sizeof *w->pcm);              // flaw: integer-trap
    if (w->pcm == NULL)
        return -1;
    for (uint32_t f = 0; f < w->frames; f++) {
        if (fread(w->pcm + (size_t)f * w->channels, 2, w->channels, fp) != w->channels)
            break;
    }
    return 0;
}

int wav_load_wide(FILE *fp, struct wav *w)
{
    uint64_t samples;

    if (wav_fmt(fp, w) != 0)
        return -1;
    samples = (uint64_t)w->frames * w->channels;
    if (samples == 0 || samples > (uint64_t)1 << 28)
        return -1;
    w->pcm = calloc((size_t)samples, sizeof *w->pcm);      // fine: integer-trap
    if (w->pcm == NULL)
        return -1;
    for (uint32_t f = 0; f < w->frames; f++) {
        if (fread(w->pcm + (size_t)f * w->channels, 2, w->channels, fp) != w->channels)
            break;
    }
    return 0;
}

struct cue *cue_load(FILE *fp, int *count)
{
    uint32_t n, bytes;
    struct cue *cues;

    if (get_u32(fp, &n) != 0)
        return NULL;
    *count = (int)n;
    if (*count > 1000)
        return NULL;
    bytes = n * (uint32_t)sizeof *cues;
    cues = malloc(bytes);                                  // flaw: integer-trap
    if (cues == NULL)
        return NULL;
    for (uint32_t i = 0; i < n; i++) {
        if (get_u32(fp, &cues[i].id) != 0 || get_u32(fp, &cues[i].pos) != 0)
            break;
    }
    return cues;
}

struct cue *cue_read(FILE *fp, int *count)
{
    uint32_t n;
    struct cue *cues;

    if (get_u32(fp, &n) != 0 || n == 0 || n > 1000)
        return NULL;
    cues = malloc(n * sizeof *cues);                       // fine: integer-trap
    if (cues == NULL)
        return NULL;
    *count = (int)n;
    for (uint32_t i = 0; i < n; i++) {
        if (get_u32(fp, &cues[i].id) != 0 || get_u32(fp, &cues[i].pos) != 0) {
            free(cues);
            return NULL;
        }
    }
    return cues;
}

char *tag_load(FILE *fp)
{
    unsigned char raw[2];
    uint16_t total;
    char *text;

    if (fread(raw, 1, 2, fp) != 2)
        return NULL;
    total = (uint16_t)((raw[0] << 8 | raw[1]) + 4);
    text = malloc(total);                                  // flaw: integer-trap
    if (text == NULL)
        return NULL;
    memcpy(text, "TAG:", 4);
    if (fread(text + 4, 1, (size_t)(raw[0] << 8 | raw[1]), fp) == 0)
        text[3] = '\0';
    return text;
}

char *tag_read(FILE *fp)
{
    unsigned char raw[2];
    size_t n;
    char *text;

    if (fread(raw, 1, 2, fp) != 2)
        return NULL;
    n = (size_t)(raw[0] << 8 | raw[1]);
    text = malloc(n + 5);                                  // fine: integer-trap
    if (text == NULL)
        return NULL;
    memcpy(text, "TAG:", 4);
    n = fread(text + 4, 1, n, fp);
    text[4 + n] = '\0';
    return text;
}

int wav_gain(struct wav *w, const char *arg)
{
    int pct = atoi(arg);
    int scaled;

    if (pct < 0 || pct > 400)
        return -1;
    for (uint32_t i = 0; i < w->frames; i++) {
        scaled = w->pcm[i] * pct / 100;                    // fine: integer-trap
        w->pcm[i] = (int16_t)(scaled > INT16_MAX ? INT16_MAX : scaled < INT16_MIN ? INT16_MIN : scaled);
    }
    return 0;
}
