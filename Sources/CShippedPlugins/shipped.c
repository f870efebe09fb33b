// Made by ./dev shipped; do not edit.
#include "shipped.h"

// #embed is of C23, which Clang knows in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../../plugins/btyd/README.md"
};

static const unsigned char file_1[] = {
#embed "../../plugins/btyd/bgnbd.lua"
};

static const unsigned char file_2[] = {
#embed "../../plugins/btyd/gamma.lua"
};

static const unsigned char file_3[] = {
#embed "../../plugins/btyd/gammagamma.lua"
};

static const unsigned char file_4[] = {
#embed "../../plugins/btyd/history.lua"
};

static const unsigned char file_5[] = {
#embed "../../plugins/btyd/main.lua"
};

static const unsigned char file_6[] = {
#embed "../../plugins/btyd/newton.lua"
};

static const unsigned char file_7[] = {
#embed "../../plugins/btyd/plugin.json"
};

static const unsigned char file_8[] = {
#embed "../../plugins/btyd/tests/nothing.lua"
};

static const unsigned char file_9[] = {
#embed "../../plugins/calendar-cn/README.md"
};

static const unsigned char file_10[] = {
#embed "../../plugins/calendar-cn/festivals.lua"
};

static const unsigned char file_11[] = {
#embed "../../plugins/calendar-cn/main.lua"
};

static const unsigned char file_12[] = {
#embed "../../plugins/calendar-cn/notices.lua"
};

static const unsigned char file_13[] = {
#embed "../../plugins/calendar-cn/plugin.json"
};

static const unsigned char file_14[] = {
#embed "../../plugins/calendar-cn/statutory.lua"
};

static const unsigned char file_15[] = {
#embed "../../plugins/calendar-cn/tests/festivals.lua"
};

static const unsigned char file_16[] = {
#embed "../../plugins/channel-sms/README.md"
};

static const unsigned char file_17[] = {
#embed "../../plugins/channel-sms/address.lua"
};

static const unsigned char file_18[] = {
#embed "../../plugins/channel-sms/length.lua"
};

static const unsigned char file_19[] = {
#embed "../../plugins/channel-sms/main.lua"
};

static const unsigned char file_20[] = {
#embed "../../plugins/channel-sms/plugin.json"
};

static const unsigned char file_21[] = {
#embed "../../plugins/channel-sms/tests/sms.lua"
};

static const unsigned char file_22[] = {
#embed "../../plugins/channel-wecom/README.md"
};

static const unsigned char file_23[] = {
#embed "../../plugins/channel-wecom/main.lua"
};

static const unsigned char file_24[] = {
#embed "../../plugins/channel-wecom/plain.lua"
};

static const unsigned char file_25[] = {
#embed "../../plugins/channel-wecom/plugin.json"
};

static const unsigned char file_26[] = {
#embed "../../plugins/channel-wecom/tests/wecom.lua"
};

static const unsigned char file_27[] = {
#embed "../../plugins/data-quality/README.md"
};

static const unsigned char file_28[] = {
#embed "../../plugins/data-quality/addresses.lua"
};

static const unsigned char file_29[] = {
#embed "../../plugins/data-quality/main.lua"
};

static const unsigned char file_30[] = {
#embed "../../plugins/data-quality/placeholder.lua"
};

static const unsigned char file_31[] = {
#embed "../../plugins/data-quality/plugin.json"
};

static const unsigned char file_32[] = {
#embed "../../plugins/data-quality/tests/data-quality.lua"
};

static const unsigned char file_33[] = {
#embed "../../plugins/lifecycle/README.md"
};

static const unsigned char file_34[] = {
#embed "../../plugins/lifecycle/main.lua"
};

static const unsigned char file_35[] = {
#embed "../../plugins/lifecycle/plugin.json"
};

static const unsigned char file_36[] = {
#embed "../../plugins/lifecycle/tests/stages.lua"
};

static const unsigned char file_37[] = {
#embed "../../plugins/loyalty/README.md"
};

static const unsigned char file_38[] = {
#embed "../../plugins/loyalty/main.lua"
};

static const unsigned char file_39[] = {
#embed "../../plugins/loyalty/months.lua"
};

static const unsigned char file_40[] = {
#embed "../../plugins/loyalty/plugin.json"
};

static const unsigned char file_41[] = {
#embed "../../plugins/loyalty/points.lua"
};

static const unsigned char file_42[] = {
#embed "../../plugins/loyalty/tests/loyalty.lua"
};

static const unsigned char file_43[] = {
#embed "../../plugins/loyalty/tiers.lua"
};

static const unsigned char file_44[] = {
#embed "../../plugins/rfm/README.md"
};

static const unsigned char file_45[] = {
#embed "../../plugins/rfm/main.lua"
};

static const unsigned char file_46[] = {
#embed "../../plugins/rfm/plugin.json"
};

static const unsigned char file_47[] = {
#embed "../../plugins/rfm/rules.lua"
};

static const unsigned char file_48[] = {
#embed "../../plugins/rfm/segments.lua"
};

static const unsigned char file_49[] = {
#embed "../../plugins/rfm/tests/rfm.lua"
};

static const mlp_File files[] = {
    {"btyd/README.md", file_0, sizeof file_0},
    {"btyd/bgnbd.lua", file_1, sizeof file_1},
    {"btyd/gamma.lua", file_2, sizeof file_2},
    {"btyd/gammagamma.lua", file_3, sizeof file_3},
    {"btyd/history.lua", file_4, sizeof file_4},
    {"btyd/main.lua", file_5, sizeof file_5},
    {"btyd/newton.lua", file_6, sizeof file_6},
    {"btyd/plugin.json", file_7, sizeof file_7},
    {"btyd/tests/nothing.lua", file_8, sizeof file_8},
    {"calendar-cn/README.md", file_9, sizeof file_9},
    {"calendar-cn/festivals.lua", file_10, sizeof file_10},
    {"calendar-cn/main.lua", file_11, sizeof file_11},
    {"calendar-cn/notices.lua", file_12, sizeof file_12},
    {"calendar-cn/plugin.json", file_13, sizeof file_13},
    {"calendar-cn/statutory.lua", file_14, sizeof file_14},
    {"calendar-cn/tests/festivals.lua", file_15, sizeof file_15},
    {"channel-sms/README.md", file_16, sizeof file_16},
    {"channel-sms/address.lua", file_17, sizeof file_17},
    {"channel-sms/length.lua", file_18, sizeof file_18},
    {"channel-sms/main.lua", file_19, sizeof file_19},
    {"channel-sms/plugin.json", file_20, sizeof file_20},
    {"channel-sms/tests/sms.lua", file_21, sizeof file_21},
    {"channel-wecom/README.md", file_22, sizeof file_22},
    {"channel-wecom/main.lua", file_23, sizeof file_23},
    {"channel-wecom/plain.lua", file_24, sizeof file_24},
    {"channel-wecom/plugin.json", file_25, sizeof file_25},
    {"channel-wecom/tests/wecom.lua", file_26, sizeof file_26},
    {"data-quality/README.md", file_27, sizeof file_27},
    {"data-quality/addresses.lua", file_28, sizeof file_28},
    {"data-quality/main.lua", file_29, sizeof file_29},
    {"data-quality/placeholder.lua", file_30, sizeof file_30},
    {"data-quality/plugin.json", file_31, sizeof file_31},
    {"data-quality/tests/data-quality.lua", file_32, sizeof file_32},
    {"lifecycle/README.md", file_33, sizeof file_33},
    {"lifecycle/main.lua", file_34, sizeof file_34},
    {"lifecycle/plugin.json", file_35, sizeof file_35},
    {"lifecycle/tests/stages.lua", file_36, sizeof file_36},
    {"loyalty/README.md", file_37, sizeof file_37},
    {"loyalty/main.lua", file_38, sizeof file_38},
    {"loyalty/months.lua", file_39, sizeof file_39},
    {"loyalty/plugin.json", file_40, sizeof file_40},
    {"loyalty/points.lua", file_41, sizeof file_41},
    {"loyalty/tests/loyalty.lua", file_42, sizeof file_42},
    {"loyalty/tiers.lua", file_43, sizeof file_43},
    {"rfm/README.md", file_44, sizeof file_44},
    {"rfm/main.lua", file_45, sizeof file_45},
    {"rfm/plugin.json", file_46, sizeof file_46},
    {"rfm/rules.lua", file_47, sizeof file_47},
    {"rfm/segments.lua", file_48, sizeof file_48},
    {"rfm/tests/rfm.lua", file_49, sizeof file_49},
    {NULL, NULL, 0},
};

const mlp_File *mlp_shipped_files(void) { return files; }
