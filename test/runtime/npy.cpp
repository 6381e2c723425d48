//===- npy.cpp - .npy, good and bad ---------------------------------------===//

#include "runtime/api/npy.h"
#include "test/runtime/testing.h"
#include <gtest/gtest.h>

namespace {

/// A .npy of the given header text and data.
std::string npy(const std::string &header, const std::string &data,
                char version = 1) {
  std::string bytes = std::string("\x93NUMPY") + version + '\0';
  size_t width = version == 1 ? 2 : 4;
  for (size_t i = 0; i < width; ++i)
    bytes += static_cast<char>(header.size() >> (8 * i));
  return bytes + header + data;
}

std::string describe(const std::string &type, const std::string &shape,
                     const std::string &fortran = "False") {
  return "{'descr': '" + type + "', 'fortran_order': " + fortran +
         ", 'shape': (" + shape + "), }\n";
}

atrous_status parse(const std::string &bytes, atrous_array *array) {
  return atrous_npy_parse("a.npy", bytes.data(), bytes.size(), array);
}

void release(const atrous_array &array) {
  auto *arrays = static_cast<atrous_array *>(malloc(sizeof(atrous_array)));
  *arrays = array;
  atrous_arrays_free(arrays, 1);
}

TEST(Npy, roundTrip) {
  const int32_t types[] = {ATROUS_FLOAT32, ATROUS_UINT8,   ATROUS_INT8,
                           ATROUS_UINT16,  ATROUS_INT16,   ATROUS_INT32,
                           ATROUS_INT64,   ATROUS_BOOL,    ATROUS_FLOAT16,
                           ATROUS_FLOAT64, ATROUS_UINT32,  ATROUS_UINT64};
  TemporaryPath path("round.npy");
  const int64_t shape[] = {2, 3, 1, 4};
  for (int32_t rank : {0, 1, 2, 4})
    for (int32_t type : types) {
      char data[24 * 8] = {1, 0, 1, 1};
      atrous_tensor tensor = {data, type, rank, shape};
      ASSERT_EQ(atrous_npy_write(path.c_str(), &tensor), ATROUS_OK);
      atrous_array *arrays;
      int32_t count;
      ASSERT_EQ(atrous_arrays_read(path.c_str(), &arrays, &count), ATROUS_OK)
          << atrous_last_error();
      ASSERT_EQ(count, 1);
      EXPECT_STREQ(arrays[0].name, "");
      EXPECT_EQ(arrays[0].tensor.dtype, type);
      ASSERT_EQ(arrays[0].tensor.rank, rank);
      EXPECT_TRUE(std::equal(shape, shape + rank, arrays[0].tensor.shape));
      EXPECT_EQ(memcmp(arrays[0].tensor.data, data, atrous_dtype_size(type)),
                0);
      atrous_arrays_free(arrays, count);
      EXPECT_EQ(readBytes(path.path).find('\n') % 64, 63u) << "aligned data";
    }
}

TEST(Npy, readsAllVersionsAndFortranOrder) {
  for (char version : {1, 2, 3}) {
    atrous_array array;
    std::string data = "\1\2\3\4\5\6";
    ASSERT_EQ(parse(npy(describe("|u1", "2, 3", "True"), data, version),
                    &array),
              ATROUS_OK)
        << atrous_last_error();
    EXPECT_EQ(memcmp(array.tensor.data, "\1\3\5\2\4\6", 6), 0);
    release(array);
  }
}

TEST(Npy, readsEmptyArraysAndOddSpellings) {
  atrous_array array;
  ASSERT_EQ(parse(npy(describe("<f4", "0, 9223372036854775807"), ""), &array),
            ATROUS_OK);
  release(array);
  ASSERT_EQ(parse(npy("{\"shape\":(2L,),\"descr\":\"<i1\","
                      "\"fortran_order\":False}",
                      "ab"),
                  &array),
            ATROUS_OK)
      << atrous_last_error();
  EXPECT_EQ(array.tensor.dtype, ATROUS_INT8);
  release(array);
}

TEST(Npy, makesBoolsZeroOrOne) {
  atrous_array array;
  ASSERT_EQ(parse(npy(describe("|b1", "3,"), std::string("\0\7\xff", 3)),
                  &array),
            ATROUS_OK);
  EXPECT_EQ(memcmp(array.tensor.data, "\0\1\1", 3), 0);
  release(array);
}

TEST(Npy, refuses) {
  const struct {
    std::string bytes;
    const char *text;
  } cases[] = {
      {"", "it is not a .npy file"},
      {"\x93NUMPY", "it is not a .npy file"},
      {npy(describe("<f4", "2,"), "12345678", 4), ".npy version 4.0"},
      {npy(describe("<f4", "2,"), "1234567"), "it ends too early"},
      {npy(describe(">f4", "1,"), "1234"), "big endian"},
      {npy(describe("<U8", "1,"), ""), "element type '<U8'"},
      {npy(describe("|O", "1,"), ""), "element type '|O'"},
      {npy(describe("<c8", "1,"), "12345678"), "element type '<c8'"},
      {npy(describe("<f4", "-1,"), ""), "its header"},
      {npy(describe("<f4", "4294967296, 4294967296"), ""), "larger than"},
      {npy(describe("<f4", "99999999999999999999"), ""), "its header"},
      {npy(describe("<f4", std::string(65 * 2, ' ').replace(0, 0, [] {
         std::string ones;
         for (int i = 0; i < 65; ++i)
           ones += "1,";
         return ones;
       }())),
           ""),
       "its header"},
      {npy("{'descr': '<f4', 'shape': (1,)}", "1234"), "its header"},
      {npy("{'descr': '<f4', 'descr': '<f4'}", "1234"), "its header"},
      {npy("{'descr': [('a', '<f4')]}", "1234"), "its header"},
      {npy("{'descr': '" + std::string(100, 'x'), ""), "its header"},
      {npy(describe("<f4", "1,") + "rest", "1234"), "its header"},
      {npy("", "1234"), "its header"},
      {npy(describe("<f4", "1,"), "").substr(0, 30), "ends within its header"}};
  for (auto &bad : cases) {
    atrous_array array;
    EXPECT_NE(parse(bad.bytes, &array), ATROUS_OK);
    EXPECT_NE(std::string(atrous_last_error()).find(bad.text),
              std::string::npos)
        << atrous_last_error();
  }
}

TEST(Npy, survivesEveryCutAndFlip) {
  std::string good = npy(describe("<f4", "2, 2"), "0123456789abcdef");
  for (size_t i = 0; i < good.size(); ++i) {
    // Exact copies on the heap, so that a sanitizer sees a read past the end.
    std::vector<char> cut(good.begin(), good.begin() + static_cast<long>(i));
    atrous_array array;
    EXPECT_NE(atrous_npy_parse("cut", cut.data(), cut.size(), &array),
              ATROUS_OK);
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = good;
      flipped[i] ^= static_cast<char>(1 << bit);
      if (parse(flipped, &array) == ATROUS_OK)
        release(array);
    }
  }
}

TEST(Npy, writesWholeOrNothing) {
  float value = 1;
  atrous_tensor tensor = {&value, ATROUS_FLOAT32, 0, nullptr};
  EXPECT_EQ(atrous_npy_write("/nonexistent/a.npy", &tensor),
            ATROUS_ERROR_INPUT);
  EXPECT_EQ(atrous_npy_write("/tmp", &tensor), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(), "cannot write '/tmp': it is a folder");
  EXPECT_EQ(atrous_npy_write("", &tensor), ATROUS_ERROR_INPUT);
  tensor.dtype = 99;
  EXPECT_EQ(atrous_npy_write("/tmp/never.npy", &tensor), ATROUS_ERROR_USAGE);
  EXPECT_NE(access("/tmp/never.npy", F_OK), 0);
}

} // namespace
