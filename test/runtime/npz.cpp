//===- npz.cpp - .npz, good and bad ---------------------------------------===//

#include "runtime/api/npy.h"
#include "test/runtime/testing.h"
#include <gtest/gtest.h>
#include <random>
#include <zlib.h>

namespace {

std::string number(uint64_t value, unsigned width) {
  std::string bytes;
  for (unsigned i = 0; i < width; ++i)
    bytes += static_cast<char>(value >> (8 * i));
  return bytes;
}

/// A deflated zip of one member "a.npy", with zip64 sizes if asked, as
/// numpy.savez_compressed writes.
std::string deflatedZip(const std::string &bytes, size_t claimed, bool zip64) {
  std::string packed(compressBound(bytes.size()), 0);
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  stream.next_in = (Bytef *)bytes.data();
  stream.avail_in = bytes.size();
  stream.next_out = (Bytef *)packed.data();
  stream.avail_out = packed.size();
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  std::string extra =
      zip64 ? number(1, 2) + number(24, 2) + number(claimed, 8) +
                  number(packed.size(), 8) + number(0, 8)
            : "";
  auto small = [&](uint64_t size) { return number(zip64 ? -1 : size, 4); };
  std::string common = number(45, 2) + number(0, 2) + number(8, 2) +
                       number(0, 4) +
                       number(crc32(0, (Bytef *)bytes.data(), bytes.size()), 4) +
                       small(packed.size()) + small(claimed) + number(5, 2) +
                       number(extra.size(), 2);
  std::string zip = "PK\3\4" + common + "a.npy" + extra + packed;
  uint64_t directory = zip.size();
  zip += "PK\1\2" + number(45, 2) + common + number(0, 8) + number(0, 2) + small(0) +
         "a.npy" + extra;
  uint64_t size = zip.size() - directory;
  if (zip64)
    zip += "PK\6\6" + number(44, 8) + number(45, 2) + number(45, 2) +
           number(0, 8) + number(1, 8) + number(1, 8) + number(size, 8) +
           number(directory, 8) + "PK\6\7" + number(0, 4) +
           number(directory + size, 8) + number(1, 4);
  return zip + "PK\5\6" + number(0, 4) + number(1, 2) + number(1, 2) +
         small(size) + small(directory) + number(0, 2);
}

class NpzTest : public testing::Test {
protected:
  NpzTest() : path("arrays.npz") {
    atrous_tensor first = {x, ATROUS_FLOAT32, 2, shape};
    atrous_tensor second = {&n, ATROUS_INT64, 0, nullptr};
    atrous_array arrays[] = {{const_cast<char *>("images:0"), first},
                             {const_cast<char *>("größe/n"), second}};
    EXPECT_EQ(atrous_npz_write(path.c_str(), arrays, 2), ATROUS_OK)
        << atrous_last_error();
  }
  atrous_status parse(const std::string &bytes) {
    atrous_array *arrays;
    int32_t count;
    // An exact copy on the heap: a sanitizer sees a read past its end.
    std::vector<char> copy(bytes.begin(), bytes.end());
    atrous_status status = atrous_npz_parse("a.npz", copy.data(), copy.size(),
                                            &arrays, &count);
    if (status == ATROUS_OK)
      atrous_arrays_free(arrays, count);
    return status;
  }
  TemporaryPath path;
  float x[6] = {1, 2, 3, 4, 5, 6};
  int64_t shape[2] = {2, 3}, n = 42;
};

TEST_F(NpzTest, roundTrip) {
  atrous_array *arrays;
  int32_t count;
  ASSERT_EQ(atrous_arrays_read(path.c_str(), &arrays, &count), ATROUS_OK)
      << atrous_last_error();
  ASSERT_EQ(count, 2);
  EXPECT_STREQ(arrays[0].name, "images:0");
  EXPECT_STREQ(arrays[1].name, "größe/n");
  EXPECT_EQ(memcmp(arrays[0].tensor.data, x, sizeof(x)), 0);
  EXPECT_EQ(*static_cast<int64_t *>(arrays[1].tensor.data), 42);
  atrous_arrays_free(arrays, count);
}

TEST_F(NpzTest, sameArraysSameBytes) {
  std::string before = readBytes(path.path);
  atrous_array *arrays;
  int32_t count;
  ASSERT_EQ(atrous_arrays_read(path.c_str(), &arrays, &count), ATROUS_OK);
  ASSERT_EQ(atrous_npz_write(path.c_str(), arrays, count), ATROUS_OK);
  atrous_arrays_free(arrays, count);
  EXPECT_EQ(readBytes(path.path), before);
}

TEST_F(NpzTest, readsDeflatedAndZip64) {
  float value = 7;
  atrous_tensor tensor = {&value, ATROUS_FLOAT32, 0, nullptr};
  TemporaryPath lone("lone.npy");
  ASSERT_EQ(atrous_npy_write(lone.c_str(), &tensor), ATROUS_OK);
  std::string npy = readBytes(lone.path);
  for (bool zip64 : {false, true}) {
    std::string zip = deflatedZip(npy, npy.size(), zip64);
    atrous_array *arrays;
    int32_t count;
    ASSERT_EQ(atrous_npz_parse("z", zip.data(), zip.size(), &arrays, &count),
              ATROUS_OK)
        << atrous_last_error();
    EXPECT_STREQ(arrays[0].name, "a");
    EXPECT_EQ(*static_cast<float *>(arrays[0].tensor.data), 7);
    atrous_arrays_free(arrays, count);
    for (size_t i = 0; i < zip.size(); ++i)
      EXPECT_NE(parse(zip.substr(0, i)), ATROUS_OK) << i;
    // Sizes that the compressed data does not have.
    EXPECT_EQ(parse(deflatedZip(npy, npy.size() - 1, zip64)),
              ATROUS_ERROR_INPUT);
    EXPECT_EQ(parse(deflatedZip(npy, npy.size() + 1, zip64)),
              ATROUS_ERROR_INPUT);
    EXPECT_EQ(parse(deflatedZip(npy, 0xfffffff0, zip64)), ATROUS_ERROR_INPUT);
  }
}

TEST_F(NpzTest, survivesEveryCut) {
  std::string good = readBytes(path.path);
  for (size_t i = 0; i < good.size(); ++i)
    EXPECT_NE(parse(good.substr(0, i)), ATROUS_OK) << i;
}

TEST_F(NpzTest, survivesFlips) {
  std::string good = readBytes(path.path);
  for (size_t i = 0; i < good.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] ^= static_cast<char>(1 << bit);
      parse(bad);
    }
  std::mt19937 random(1);
  for (int i = 0; i < 5000; ++i) {
    std::string bad = good;
    for (int k = 0; k < 6; ++k)
      bad[random() % bad.size()] = static_cast<char>(random());
    parse(bad);
  }
}

TEST_F(NpzTest, refuses) {
  std::string good = readBytes(path.path);
  std::string bad = good;
  bad[good.find("NUMPY") + 130] ^= 1;
  EXPECT_EQ(parse(bad), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "cannot read 'a.npz:images:0.npy': its checksum differs");
  bad = good;
  bad[good.find("PK\1\2") + 8] |= 1;
  EXPECT_EQ(parse(bad), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "cannot read 'a.npz:images:0.npy': it is encrypted");
  bad = good;
  bad[good.find("PK\1\2") + 10] = 12;
  EXPECT_EQ(parse(bad), ATROUS_ERROR_UNSUPPORTED);
  bad = good;
  bad[good.find("PK\1\2") + 24] ^= 1;
  EXPECT_EQ(parse(bad), ATROUS_ERROR_INPUT);
  EXPECT_EQ(parse("PK\3\4"), ATROUS_ERROR_INPUT);
  EXPECT_STREQ(atrous_last_error(),
               "cannot read 'a.npz': it is not a whole .npz (zip) file");
}

TEST_F(NpzTest, refusesToWriteBadArrays) {
  atrous_array bad = {const_cast<char *>("a"),
                      {x, 99, 2, shape}};
  EXPECT_EQ(atrous_npz_write(path.c_str(), &bad, 1), ATROUS_ERROR_USAGE);
  int64_t huge[] = {int64_t(1) << 31};
  bad.tensor = {x, ATROUS_FLOAT32, 1, huge};
  EXPECT_EQ(atrous_npz_write(path.c_str(), &bad, 1), ATROUS_ERROR_UNSUPPORTED);
}

} // namespace
