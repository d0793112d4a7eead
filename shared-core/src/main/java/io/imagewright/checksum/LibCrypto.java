package io.imagewright.checksum;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.imagewright.exec.NativeCode;

/** The digest functions of OpenSSL, 1.1 and 3; EVP_DigestInit(3) says what they do. 64-bit Linux, where {@code size_t} is Java's {@code long}. */
final class LibCrypto {

    private static final boolean LOADED = load("libcrypto.so.3") || load("libcrypto.so.1.1");

    private LibCrypto() {}

    /** Whether the library is there. Nothing else may be called when it is not. */
    static boolean isLoaded() {
        return LOADED;
    }

    private static boolean load(String name) {
        try {
            NativeCode.load(name);
            Native.register(LibCrypto.class, NativeLibrary.getInstance(name));
            return true;
        } catch (UnsatisfiedLinkError absent) {
            return false;
        }
    }

    static native Pointer EVP_get_digestbyname(String name);

    static native Pointer EVP_MD_CTX_new();

    static native void EVP_MD_CTX_free(Pointer context);

    static native int EVP_DigestInit_ex(Pointer context, Pointer type, Pointer engine);

    static native int EVP_DigestUpdate(Pointer context, Pointer data, long length);

    static native int EVP_DigestFinal_ex(Pointer context, byte[] digest, Pointer length);
}
